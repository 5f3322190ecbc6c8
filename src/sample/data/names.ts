/** Invented people: any likeness is chance. */
export const FIRST = (
  'Ada Amir Anouk Bao Bjorn Carla Chidi Dalia Diego Edda Elif Emil Farah Femi Greta Hana Hugo Ines Ivo Jana ' +
  'Joel Kaia Kofi Lars Leila Lucia Malik Marit Milo Nadia Nils Oskar Paula Pavel Priya Rafa ' +
  'Rosa Samir Sanna Tariq Tilda Uma Viktor Wanda Xenia Yara Yusuf Zo\u00eb'
).split(' ')

export const LAST = (
  'Abara Albrecht Bakker Brandt Calloway Castellan Dovic Drummond Eklund Farrow Fjord Gallo Grieves Hartig Holm ' +
  'Iqbal Jansky Kestrel Koval Larkin Lindahl Marchetti Mbeki Nakata Novak Okoye Orlov Petrov Quill Rask Ribeiro ' +
  'Sato Schell Strand Tanaka Thorne Ueda Vance Varga Weiss Winther Yilmaz Zamora \u0158eh\u00e1k'
).split(' ')

/** What strangers try when they know no name. */
export const GUESSED = 'admin root test oracle postgres ubuntu support guest info backup administrator git'.split(' ')

export const TENANTS = [
  { id: 'fernhill', name: 'Fernhill Logistics', zone: 1, people: 240, network: '10.20' },
  { id: 'bluewick', name: 'Bluewick Instruments', zone: -5, people: 110, network: '10.40' },
  { id: 'kestrel', name: 'Kestrel Harbour \u2014 Freight & S\u00f8n', zone: 8, people: 50, network: '172.20' },
] as const

/** Machines by role and tenant: how many of each. Together 60 that stay. */
export const PARK: readonly { tenant: number; prefix: string; role: MachineRole; count: number }[] = [
  { tenant: 0, prefix: 'web', role: 'web', count: 9 },
  { tenant: 0, prefix: 'app', role: 'app', count: 10 },
  { tenant: 0, prefix: 'db', role: 'db', count: 7 },
  { tenant: 0, prefix: 'build', role: 'build', count: 3 },
  { tenant: 0, prefix: 'hr', role: 'files', count: 1 },
  { tenant: 0, prefix: 'fin', role: 'files', count: 2 },
  { tenant: 0, prefix: 'files', role: 'files', count: 3 },
  { tenant: 1, prefix: 'bw-web', role: 'web', count: 5 },
  { tenant: 1, prefix: 'bw-db', role: 'db', count: 4 },
  { tenant: 1, prefix: 'bw-lab', role: 'app', count: 7 },
  { tenant: 2, prefix: 'kh-web', role: 'web', count: 3 },
  { tenant: 2, prefix: 'kh-db', role: 'db', count: 2 },
  { tenant: 2, prefix: 'kh-quay', role: 'app', count: 4 },
]
export type MachineRole = 'web' | 'app' | 'db' | 'build' | 'files'

/** Machines that are gone by now: only the audit remembers them. Milliseconds before the origin. */
export const GONE = [
  { name: 'web-14', role: 'web', removed: 6 * 86_400_000 + 4 * 3_600_000 },
  { name: 'app-19', role: 'app', removed: 20 * 86_400_000 + 9 * 3_600_000 },
] as const satisfies readonly { name: string; role: MachineRole; removed: number }[]

/** Whose logs and sessions the server dialect keeps even from administrators. */
export const CLOSED_MACHINES = ['hr-01', 'fin-02']

/** Programs with accounts; the first does most. */
export const SERVICES = ['svc-monitor', 'svc-deploy', 'svc-backup', 'svc-inventory', 'svc-certs', 'svc-reports']
