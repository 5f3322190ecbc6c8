import type { Document } from './model'
import { shownText } from '../../../domain'

const WIDTHS = Array.from({ length: 100 }, (_, at) => `.w${at + 1}{width:${at + 1}%}`).join('')

/** The look of a report on screen and on paper: light, since it is printed. */
export const STYLE = `
:root{color-scheme:light;--text:#1a2029;--dim:#4a5563;--line:#cdd4dd;--soft:#f1f3f6;--blue:#1f5fb8;--red:#a32f27;--green:#1d6b49;--amber:#855704}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--text);font:10pt/1.45 Inter,system-ui,-apple-system,"Segoe UI","Helvetica Neue","Liberation Sans",Arial,sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:1180px;margin:0 auto;padding:28px 32px}
h1{font-size:19pt;line-height:1.2;margin:6px 0 4px}
h2{font-size:13pt;line-height:1.25;margin:22px 0 8px;padding-bottom:3px;border-bottom:1px solid var(--line)}
h3{font-size:11pt;margin:16px 0 6px}
h4,h5{font-size:10pt;margin:12px 0 4px}
h1,h2,h3,h4,h5,.caption,caption{break-after:avoid}
p{margin:0 0 8px;overflow-wrap:anywhere;orphans:3;widows:3}
a{color:var(--blue)}
.cover{border-bottom:2px solid var(--text);padding-bottom:8px;margin-bottom:12px}
.cover p{color:var(--dim);margin:0}
td.time{overflow-wrap:normal}
.tlp{display:inline-block;font:600 8.5pt/1.5 "JetBrains Mono","DejaVu Sans Mono",Consolas,Menlo,monospace;border:1px solid var(--text);border-radius:3px;padding:0 6px}
.end{margin-top:24px;border-top:1px solid var(--line);padding-top:8px;color:var(--dim);font-size:8.5pt}
.note{color:var(--dim)}
.warning{border-left:3px solid var(--amber);padding:4px 10px;background:var(--soft);break-inside:avoid}
.none{color:var(--dim);font-style:italic}
code,pre,td.code,td.time,time{font-family:"JetBrains Mono","DejaVu Sans Mono",Consolas,Menlo,monospace;font-size:.88em}
code{overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:8px 10px;white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 10px}
blockquote{margin:0 0 8px;padding-left:10px;border-left:3px solid var(--line);color:var(--dim)}
ul,ol{margin:0 0 8px;padding-left:22px}
ul.contents{break-inside:avoid;columns:2;column-gap:28px}
li>p:last-child{margin-bottom:0}
hr{border:0;border-top:1px solid var(--line);margin:14px 0}
dl{margin:0 0 12px;display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));column-gap:28px}
dl>div{display:grid;grid-template-columns:150px 1fr;gap:10px;padding:3px 0;border-bottom:1px solid var(--soft);break-inside:avoid}
dl>.long{grid-column:1/-1;break-inside:auto}
dt{color:var(--dim)}
dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;table-layout:fixed;font-size:8.5pt;line-height:1.35;margin:0 0 14px}
thead{display:table-header-group}
tr{break-inside:avoid}
caption,.caption{text-align:left;font-weight:600;font-size:10pt;padding:4px 0 6px}
th{text-align:left;font-weight:600;color:var(--dim);border-bottom:1.5px solid var(--text);padding:3px 8px 3px 0;vertical-align:bottom;overflow-wrap:break-word;hyphens:auto}
td{border-bottom:1px solid var(--line);padding:3px 8px 3px 0;vertical-align:top;overflow-wrap:anywhere}
.number{text-align:right;font-variant-numeric:tabular-nums}
th.number+th:not(.number),td.number+td:not(.number){padding-left:8px}
td.blank{border-left:1px solid var(--line);border-right:1px solid var(--line);background:#fff}
.state{font-weight:600}
.state.good{color:var(--green)}
.state.bad{color:var(--red)}
.state.open{color:var(--amber)}
.cell{margin:0 0 14px}
.finding{margin:0 0 16px;border:1px solid var(--line);border-left:4px solid var(--amber);border-radius:4px;padding:8px 12px 2px}
figure{margin:0 0 12px;break-inside:avoid}
svg{width:100%;height:auto;display:block}
svg line{stroke:var(--line)}
svg text{font:9px "JetBrains Mono","DejaVu Sans Mono",Consolas,monospace;fill:var(--dim)}
rect.failure,.key .failure{fill:var(--red);color:var(--red)}
rect.success,.key .success{fill:var(--green);color:var(--green)}
rect.unknown,.key .unknown{fill:#7b8798;color:var(--dim)}
.key{font-size:8.5pt;color:var(--dim);margin:2px 0 0}
${WIDTHS}
@media print{
body{font-size:8.5pt}
main{max-width:none;padding:0}
.end{display:none}
a{text-decoration:none}
h2{margin-top:14px}
dl{grid-template-columns:1fr 1fr}
dl>div{grid-template-columns:104px 1fr;padding:2px 0}
table{font-size:7pt;line-height:1.3}
th{font-size:6.6pt;padding:2px 5px 2px 0}
td{padding:2px 5px 2px 0}
.code,.time{font-size:6.3pt}
}
`

/** Heads and feet of printed pages, as CSS Paged Media has them. */
export function printStyle({ title, tlp, runningHead, runningFoot }: Pick<Document, 'title' | 'tlp' | 'runningHead' | 'runningFoot'>): string {
  const face = 'font:7.5pt/1.3 Inter,system-ui,"Liberation Sans",Arial,sans-serif;color:#4a5563'
  const mark = 'font:600 7.5pt/1.3 "JetBrains Mono","DejaVu Sans Mono",Consolas,monospace;color:#1a2029'
  return `
@page{size:A4 landscape;margin:17mm 13mm 15mm;
@top-left{content:${cssText(title)};${face};font-weight:600;width:34%;text-align:left}
@top-center{content:${cssText(tlp)};${mark};width:20%}
@top-right{content:${cssText(runningHead)};${face};width:46%;text-align:right}
@bottom-left{content:${cssText(runningFoot)};${face};width:62%;text-align:left}
@bottom-center{content:${cssText(tlp)};${mark};width:18%}
@bottom-right{content:"Page " counter(page) " of " counter(pages);${face};width:20%;text-align:right}}
`
}

/** At most what fits on two lines of a margin. */
const MOST = 180

/** A CSS string; nothing of the text can end it, nor the style element. */
function cssText(text: string): string {
  const short = text.length > MOST ? `${text.slice(0, MOST)}…` : text
  return `"${shownText(short).replaceAll(/[^A-Za-z0-9 .,:;+·()_-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`
}
