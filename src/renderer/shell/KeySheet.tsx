import { Dialog, KEYS, Kbd } from '../shared'
import './key-sheet.css'

export function KeySheet({ onClose }: { onClose: () => void }) {
  const places = [...new Set(KEYS.map(({ where }) => where))]
  return (
    <Dialog title="Keyboard" width={1020} onClose={onClose}>
      {/* It scrolls on small windows, which keys must be able to do too. */}
      <div className="key-sheet" role="group" aria-label="All keys" tabIndex={0}>
        {places.map((place) => (
          <section key={place}>
            <h3>{place}</h3>
            <dl>
              {KEYS.filter(({ where }) => where === place).map(({ keys, what }) => (
                <div key={what}>
                  <dt>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
