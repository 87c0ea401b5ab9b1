/** Raised whenever a table or the meaning of a column changes: older files are built anew. */
export const SCHEMA_VERSION = 1;

const AMOUNT = 'DECIMAL(38,8)';

// What an order and its lines both begin with.
const ORDER_COLUMNS = `
  order_key BIGINT NOT NULL,
  record_id VARCHAR NOT NULL,
  integration VARCHAR NOT NULL`;

const UNKNOWN_ROWS_SQL = `
INSERT INTO dim_supplier (supplier_key, name, deleted) VALUES (-1, 'Unknown', false);
INSERT INTO dim_item (item_key, name, deleted) VALUES (-1, 'Unknown', false);
`;

/**
 * The star: dimensions keyed by a number derived from the source's own key, facts by order.
 * Columns are a promise to `#semantic`. `…_ref` is the key a supplier or item has once it is known,
 * `…_key` is −1 until then; `…_on_key` is yyyymmdd, −1 when there is no such day.
 */
export const SCHEMA_SQL = `
CREATE TABLE load_state (
  schema_version INTEGER NOT NULL,
  fiscal_year_start_month INTEGER NOT NULL,
  position BIGINT NOT NULL,
  loaded_at VARCHAR
);
CREATE TABLE dim_date (
  date_key INTEGER NOT NULL,
  day DATE,
  year INTEGER, quarter INTEGER, month INTEGER,
  iso_year INTEGER, iso_week INTEGER, weekday INTEGER,
  fiscal_year INTEGER, fiscal_quarter INTEGER, fiscal_period INTEGER,
  week_start DATE, month_start DATE, quarter_start DATE, year_start DATE,
  fiscal_quarter_start DATE, fiscal_year_start DATE
);
CREATE TABLE dim_supplier (
  supplier_key BIGINT NOT NULL,
  record_id VARCHAR, integration VARCHAR, source_key VARCHAR,
  number VARCHAR, name VARCHAR NOT NULL, status VARCHAR,
  preferred BOOLEAN, credit_rating VARCHAR, category VARCHAR,
  country VARCHAR, region VARCHAR, city VARCHAR,
  deleted BOOLEAN NOT NULL
);
CREATE TABLE dim_item (
  item_key BIGINT NOT NULL,
  record_id VARCHAR, integration VARCHAR, source_key VARCHAR,
  number VARCHAR, name VARCHAR NOT NULL, kind VARCHAR, status VARCHAR,
  category VARCHAR, subcategory VARCHAR, base_unit VARCHAR,
  standard_cost ${AMOUNT}, list_price ${AMOUNT},
  deleted BOOLEAN NOT NULL
);
CREATE TABLE dim_supplier_item (
  supplier_key BIGINT NOT NULL,
  item_key BIGINT NOT NULL,
  standard_price ${AMOUNT}, currency VARCHAR, lead_time_days BIGINT
);
CREATE TABLE fact_purchase_order (${ORDER_COLUMNS},
  source_key VARCHAR NOT NULL, number VARCHAR NOT NULL,
  kind VARCHAR NOT NULL, status VARCHAR NOT NULL, source_status VARCHAR,
  supplier_key BIGINT NOT NULL, supplier_ref BIGINT NOT NULL,
  issued_on_key INTEGER NOT NULL, shipped_on_key INTEGER NOT NULL,
  promised_on_key INTEGER NOT NULL,
  currency VARCHAR NOT NULL,
  net_amount ${AMOUNT} NOT NULL, tax_amount ${AMOUNT}, freight_amount ${AMOUNT},
  gross_amount ${AMOUNT},
  line_count INTEGER NOT NULL, requester VARCHAR, ship_method VARCHAR,
  log_position BIGINT NOT NULL
);
CREATE TABLE fact_purchase_order_line (${ORDER_COLUMNS},
  order_number VARCHAR NOT NULL, line_number VARCHAR NOT NULL,
  order_kind VARCHAR NOT NULL, order_status VARCHAR NOT NULL,
  supplier_key BIGINT NOT NULL, supplier_ref BIGINT NOT NULL,
  item_key BIGINT NOT NULL, item_ref BIGINT NOT NULL,
  issued_on_key INTEGER NOT NULL, promised_on_key INTEGER NOT NULL,
  shipped_on_key INTEGER NOT NULL,
  currency VARCHAR NOT NULL,
  ordered_qty ${AMOUNT} NOT NULL, effective_qty ${AMOUNT} NOT NULL,
  received_qty ${AMOUNT} NOT NULL, rejected_qty ${AMOUNT} NOT NULL,
  unit VARCHAR NOT NULL,
  unit_price ${AMOUNT} NOT NULL, net_amount ${AMOUNT} NOT NULL,
  requester VARCHAR, ship_method VARCHAR,
  is_final_receipt BOOLEAN NOT NULL,
  log_position BIGINT NOT NULL
);
CREATE TABLE fact_exchange_rate (
  rate_key BIGINT NOT NULL,
  integration VARCHAR NOT NULL,
  from_currency VARCHAR NOT NULL, to_currency VARCHAR NOT NULL,
  type VARCHAR NOT NULL, valid_on DATE NOT NULL,
  rate DECIMAL(38,12) NOT NULL
);
${UNKNOWN_ROWS_SQL}`;

/** Takes out all that came from the log. */
export const EMPTY_SQL = `
TRUNCATE dim_supplier; TRUNCATE dim_item; TRUNCATE dim_supplier_item;
TRUNCATE fact_purchase_order; TRUNCATE fact_purchase_order_line; TRUNCATE fact_exchange_rate;
${UNKNOWN_ROWS_SQL}`;

/** Every table that a rebuild must bring back the same, row for row. */
export const STAR_TABLES = [
  'dim_date',
  'dim_supplier',
  'dim_item',
  'dim_supplier_item',
  'fact_purchase_order',
  'fact_purchase_order_line',
  'fact_exchange_rate',
] as const;
