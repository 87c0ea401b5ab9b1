/** What a file may not exceed, so that one bad file cannot exhaust the machine. */
export type FileLimits = {
  readonly recordBytesMax: number; // One row, with its line breaks; one text of a cell or element.
  readonly columnsMax: number;
  readonly fileBytesMax: number;
  readonly linesMax: number;
  readonly pageRowsMax: number; // At most 2,000.
  readonly unpackedBytesMax: number; // One part of an archive.
  readonly unpackedTimesMax: number; // How much larger than packed it may be, from 16 MiB on.
  readonly depthMax: number; // Elements within elements.
  readonly partsMax: number; // Files in an archive.
  readonly pageMsMax: number; // From asking for a page to having it.
};

export const DEFAULT_LIMITS: FileLimits = {
  recordBytesMax: 1_048_576,
  columnsMax: 500,
  fileBytesMax: 16 * 1_073_741_824,
  linesMax: 200_000_000,
  pageRowsMax: 2000,
  unpackedBytesMax: 8 * 1_073_741_824,
  unpackedTimesMax: 400, // A sheet packs 5 to 30 times; what is made to explode, 1,000.
  depthMax: 100,
  partsMax: 10_000,
  pageMsMax: 600_000,
};
