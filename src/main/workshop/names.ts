/** A line of goods: what it is called, who sells it, and what its items are like. */
export type Range = {
  readonly category: string;
  readonly kind: 'raw' | 'stock' | 'tool' | 'subassembly';
  readonly unit: string; // UN/ECE Recommendation 20.
  readonly centsFrom: number;
  readonly centsTo: number;
  readonly quantity: number; // A usual order.
  readonly groups: Readonly<Record<string, readonly string[]>>; // Subcategory → articles.
  readonly sizes: readonly string[];
};

export const RANGES: readonly Range[] = [
  {
    category: 'Fasteners',
    kind: 'raw',
    unit: 'C62',
    centsFrom: 4,
    centsTo: 190,
    quantity: 2000,
    groups: {
      Screws: ['Hexagon bolt 8.8', 'Socket screw 12.9', 'Countersunk screw'],
      'Nuts and washers': ['Lock nut', 'Washer A2', 'Threaded insert'],
    },
    sizes: ['M5', 'M8', 'M12', 'M16'],
  },
  {
    category: 'Bearings and seals',
    kind: 'raw',
    unit: 'C62',
    centsFrom: 240,
    centsTo: 14_000,
    quantity: 80,
    groups: {
      Bearings: ['Deep groove ball bearing', 'Tapered roller bearing', 'Linear bearing'],
      Seals: ['Shaft seal FKM', 'O-ring NBR set'],
    },
    sizes: ['20 mm', '35 mm', '50 mm', '80 mm'],
  },
  {
    category: 'Drives',
    kind: 'subassembly',
    unit: 'C62',
    centsFrom: 18_000,
    centsTo: 240_000,
    quantity: 6,
    groups: {
      Motors: ['Servo motor', 'Asynchronous motor IE4'],
      Gears: ['Planetary gear', 'Helical gear unit', 'Ball screw drive'],
    },
    sizes: ['0.75 kW', '1.5 kW', '4 kW', '7.5 kW'],
  },
  {
    category: 'Electronics and control',
    kind: 'stock',
    unit: 'C62',
    centsFrom: 2500,
    centsTo: 160_000,
    quantity: 15,
    groups: {
      Control: ['PLC module', 'Frequency inverter', 'Operator panel'],
      Sensors: ['Inductive sensor', 'Light barrier'],
    },
    sizes: ['Basic', 'Plus', 'Safety', 'Compact'],
  },
  {
    category: 'Sheet and profiles',
    kind: 'raw',
    unit: 'KGM',
    centsFrom: 145,
    centsTo: 1250,
    quantity: 900,
    groups: {
      Steel: ['Sheet S235', 'Square tube S355', 'Round bar C45'],
      'Aluminium and stainless': ['Profile EN AW-6060', 'Sheet 1.4301'],
    },
    sizes: ['2 mm', '4 mm', '8 mm', '20 mm'],
  },
  {
    category: 'Hydraulics and pneumatics',
    kind: 'stock',
    unit: 'C62',
    centsFrom: 1200,
    centsTo: 78_000,
    quantity: 20,
    groups: {
      Cylinders: ['Pneumatic cylinder', 'Hydraulic cylinder'],
      Valves: ['Directional valve', 'Pressure regulator', 'Hose assembly'],
    },
    sizes: ['DN 10', 'DN 16', 'DN 25', 'DN 40'],
  },
  {
    category: 'Tools',
    kind: 'tool',
    unit: 'C62',
    centsFrom: 900,
    centsTo: 32_000,
    quantity: 12,
    groups: {
      'Cutting tools': ['Solid carbide end mill', 'Twist drill HSS-E', 'Indexable insert set'],
      Measuring: ['Calliper digital', 'Micrometer'],
    },
    sizes: ['6 mm', '10 mm', '16 mm'],
  },
  {
    category: 'Packaging and consumables',
    kind: 'stock',
    unit: 'C62',
    centsFrom: 60,
    centsTo: 5200,
    quantity: 300,
    groups: {
      Packaging: ['Corrugated box', 'Euro pallet', 'Stretch film roll'],
      Consumables: ['Cooling lubricant 20 l', 'Nitrile gloves box'],
    },
    sizes: ['small', 'medium', 'large'],
  },
];

/** Towns our suppliers are in: town, region, country. */
export const TOWNS = [
  ['Stuttgart', 'Baden-Württemberg', 'DE'],
  ['Heilbronn', 'Baden-Württemberg', 'DE'],
  ['Schweinfurt', 'Bayern', 'DE'],
  ['Nürnberg', 'Bayern', 'DE'],
  ['Bielefeld', 'Nordrhein-Westfalen', 'DE'],
  ['Hagen', 'Nordrhein-Westfalen', 'DE'],
  ['Chemnitz', 'Sachsen', 'DE'],
  ['Bremen', 'Bremen', 'DE'],
  ['Linz', 'Oberösterreich', 'AT'],
  ['Eindhoven', 'Noord-Brabant', 'NL'],
  ['Brescia', 'Lombardia', 'IT'],
  ['Lyon', 'Auvergne-Rhône-Alpes', 'FR'],
  ['Brno', 'Jihomoravský kraj', 'CZ'],
  ['Katowice', 'Śląskie', 'PL'],
] as const;

export const FAMILY_NAMES = [
  'Albrecht',
  'Bäumler',
  'Conradi',
  'Dietz',
  'Eberle',
  'Förster',
  'Gessner',
  'Hartwig',
  'Illner',
  'Jansen',
  'Köhler',
  'Lindner',
  'Maurer',
  'Noack',
  'Oberländer',
  'Pfeiffer',
  'Quandt',
  'Rademacher',
  'Sauer',
  'Thiele',
  'Ulbricht',
  'Vogt',
  'Wachter',
  'Zeidler',
  'Aigner',
  'Brandl',
  'De Vries',
  'Bianchi',
  'Moreau',
  'Novák',
  'Kowalski',
  'Hofer',
  'Riedel',
  'Stahl',
  'Böttcher',
  'Krämer',
  'Weigand',
  'Ziegler',
  'Lorenz',
  'Marquardt',
] as const;

export const TRADES: Readonly<Record<string, readonly string[]>> = {
  Fasteners: ['Schrauben', 'Befestigungstechnik', 'Verbindungselemente', 'Normteile', 'Fasteners'],
  'Bearings and seals': ['Wälzlager', 'Dichtungstechnik', 'Lagertechnik', 'Bearings', 'Dichtungen'],
  Drives: ['Antriebstechnik', 'Getriebebau', 'Motoren', 'Servotechnik', 'Drives'],
  'Electronics and control': ['Elektronik', 'Automation', 'Sensorik', 'Steuerungsbau', 'Controls'],
  'Sheet and profiles': ['Stahlhandel', 'Metallbau', 'Profile', 'Edelstahl', 'Metals'],
  'Hydraulics and pneumatics': ['Hydraulik', 'Pneumatik', 'Fluidtechnik', 'Ventile', 'Fluid Power'],
  Tools: ['Werkzeuge', 'Präzisionswerkzeuge', 'Messtechnik', 'Zerspanung', 'Tooling'],
  'Packaging and consumables': [
    'Verpackung',
    'Kartonagen',
    'Industriebedarf',
    'Paletten',
    'Supplies',
  ],
};

export const LEGAL_FORMS: Readonly<Record<string, readonly string[]>> = {
  DE: ['GmbH', 'GmbH & Co. KG', 'AG', 'KG'],
  AT: ['GmbH'],
  NL: ['B.V.'],
  IT: ['S.p.A.', 'S.r.l.'],
  FR: ['SAS'],
  CZ: ['s.r.o.'],
  PL: ['Sp. z o.o.'],
};

export const REQUESTERS = [
  'Anna Berger',
  'Jonas Keller',
  'Miriam Schuster',
  'Tobias Wolf',
  'Katharina Roth',
  'Deniz Aydin',
  'Lukas Brenner',
  'Sophie Martens',
] as const;

export const SHIP_METHODS = ['Truck, general cargo', 'Parcel', 'Express', 'Collected'] as const;
