import { describe, expect, it } from 'vitest'
import { htmlNodes } from '../../../../src/backend/report/seal/html-nodes'

describe('the HTML of the project as data', () => {
  it('keeps elements, attributes and text, and decodes what was escaped', () => {
    expect(htmlNodes('<p><i>a</i> <i>b</i></p>\n<p class="a">x &lt;b&gt; &amp;amp; <code>  two\n  lines</code></p><br><hr/>\n<svg><rect x="1" y="2"/></svg>')).toEqual([
      ['p', {}, ['i', {}, 'a'], ' ', ['i', {}, 'b']],
      ['p', { class: 'a' }, 'x <b> &amp; ', ['code', {}, '  two\n  lines']],
      ['br', {}],
      ['hr', {}],
      ['svg', {}, ['rect', { x: '1', y: '2' }]],
    ])
  })

  it('has no end that nothing began', () => {
    expect(htmlNodes('</p>a</i><b>c')).toEqual(['a', ['b', {}, 'c']])
  })
})
