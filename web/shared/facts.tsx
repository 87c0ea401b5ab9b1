import type { ReactNode } from 'react';

/** Names and values of a record; what a source leaves out is left out here. */
export function Facts(props: {
  readonly of: readonly (readonly [string, ReactNode])[];
}): ReactNode {
  return (
    <dl className="rialto-facts">
      {props.of
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} className="rialto-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A few figures that say most about a record. */
export function Tiles(props: {
  readonly of: readonly (readonly [string, ReactNode])[];
}): ReactNode {
  return (
    <dl className="rialto-card rialto-tiles">
      {props.of.map(([name, value]) => (
        <div key={name} className="rialto-tile">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A framed part of a page with a heading. */
export function Card(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="rialto-card" aria-label={props.title}>
      <div className="rialto-section">
        <h2>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
