/** One sensor of one computer over time. */
export interface SensorSeries {
  readonly computer: string;
  readonly sensor: string;
  readonly unit: string;
  /** What the sensor says of itself now, such as `ok`. */
  readonly state: string;
  /** As many as there are times; `null` where there was no reading. */
  readonly values: readonly (number | null)[];
}

export interface SensorsSnapshot {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly SensorSeries[];
  /** What stands against a reading, one line for each computer. */
  readonly problems: readonly string[];
}

/** What the page may ask of the extension. */
export interface SensorsExtension {
  /** The page's first call, also after it was hidden. The answer holds everything needed to draw. */
  ready(): SensorsSnapshot;
}

/** What the extension may tell the page. */
export interface SensorsPage {
  /** A whole snapshot: a hidden page misses messages and needs only the last. */
  show(snapshot: SensorsSnapshot): void;
}
