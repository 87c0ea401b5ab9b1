/** What the company buys and sells: family, unit cost in euro cents from … to, pieces of an order line. */
export type Family = {
  readonly name: string;
  readonly cents: readonly [number, number];
  readonly pieces: readonly [number, number];
};

export const MERCHANDISE: readonly Family[] = [
  { name: 'Garden pump', cents: [4_500, 16_000], pieces: [1, 4] },
  { name: 'Submersible pump', cents: [9_000, 48_000], pieces: [1, 3] },
  { name: 'Circulation pump', cents: [7_000, 30_000], pieces: [1, 6] },
  { name: 'Pressure switch', cents: [900, 4_500], pieces: [2, 20] },
  { name: 'Ball valve', cents: [350, 3_200], pieces: [5, 60] },
  { name: 'Check valve', cents: [600, 4_800], pieces: [4, 40] },
  { name: 'Hose coupling', cents: [120, 1_400], pieces: [10, 120] },
  { name: 'Suction hose', cents: [900, 6_500], pieces: [2, 20] },
  { name: 'Filter cartridge', cents: [400, 2_400], pieces: [4, 60] },
  { name: 'Seal kit', cents: [300, 2_900], pieces: [3, 30] },
];

export const RAWS: readonly Family[] = [
  { name: 'Housing casting', cents: [1_200, 9_000], pieces: [1, 2] },
  { name: 'Impeller blank', cents: [500, 3_600], pieces: [1, 3] },
  { name: 'Shaft steel', cents: [300, 2_100], pieces: [1, 2] },
  { name: 'Motor core', cents: [2_500, 14_000], pieces: [1, 1] },
  { name: 'Bearing', cents: [200, 1_500], pieces: [2, 4] },
  { name: 'Screw set', cents: [30, 200], pieces: [1, 3] },
];

export const PRODUCTS: readonly Family[] = [
  { name: 'Nordwerk process pump', cents: [0, 0], pieces: [1, 3] },
  { name: 'Nordwerk booster set', cents: [0, 0], pieces: [1, 2] },
];

export const FAMILY_NAMES: readonly string[] = [
  'Albrecht',
  'Bergmann',
  'Carlsen',
  'Dietrich',
  'Eckert',
  'Fischer',
  'Gruber',
  'Hansen',
  'Imhof',
  'Jensen',
  'Keller',
  'Lindner',
  'Meister',
  'Nolte',
  'Osterloh',
  'Petersen',
  'Quandt',
  'Reuter',
  'Sander',
  'Thiele',
  'Ullrich',
  'Vogel',
  'Winkler',
  'Zander',
  'Baker',
  'Carter',
  'Dawson',
  'Fletcher',
  'Harper',
  'Mercer',
  'Sawyer',
  'Turner',
];

export const GIVEN_NAMES: readonly string[] = [
  'Anna',
  'Björn',
  'Carla',
  'David',
  'Elif',
  'Frank',
  'Grace',
  'Hanna',
  'Igor',
  'Jana',
  'Kofi',
  'Laura',
  'Marek',
  'Nora',
  'Paul',
  'Rosa',
];

export const TRADES: readonly string[] = [
  'Haustechnik',
  'Anlagenbau',
  'Brunnenbau',
  'Gartenbau',
  'Water Systems',
  'Heating',
  'Irrigation',
  'Industries',
  'Sanitär',
  'Wassertechnik',
  'Facility',
  'Engineering',
];

export const SUPPLIER_TRADES: readonly string[] = [
  'Armaturen',
  'Guss',
  'Antriebe',
  'Dichtungen',
  'Metall',
  'Components',
  'Castings',
  'Fittings',
  'Drives',
  'Industrial Supply',
];

/** What is bought without stock: account, monthly worth per mille of planned sales, by whom. */
export const OVERHEADS: readonly {
  readonly text: string;
  readonly account: string;
  readonly perMille: number;
}[] = [
  { text: 'Rent', account: '6200', perMille: 22 },
  { text: 'Energy', account: '6210', perMille: 14 },
  { text: 'Freight out', account: '6230', perMille: 28 },
  { text: 'Insurance', account: '6240', perMille: 6 },
  { text: 'Marketing', account: '6250', perMille: 12 },
  { text: 'IT and software', account: '6280', perMille: 9 },
];

export const BUYERS: readonly string[] = ['m.kranz', 'j.brandt', 'a.silva', 't.nowak'];
export const PLANNERS: readonly string[] = ['w.lorenz', 'd.petrov', 'h.sorel'];
export const CHANNELS: readonly string[] = ['web', 'web', 'phone', 'e-mail', 'field'];
export const PROJECT_NAMES: readonly string[] = [
  'Booster station',
  'Pump room overhaul',
  'Irrigation system',
  'Cooling circuit',
  'Fire water supply',
  'Well field',
];
