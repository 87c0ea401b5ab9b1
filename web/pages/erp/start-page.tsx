import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServer } from '../../api/ask-server.ts';
import { AREAS } from '../../shared/erp-areas.ts';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { Books, BooksHead } from './books.tsx';
import { useEntity } from './entity.ts';
import { Glance } from './overview/glance.tsx';

function Areas(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const allowed = useServer('getSession').data?.permissions ?? [];
  return (
    <>
      {AREAS.map(({ name, lists }) => (
        <Card key={name} title={t(`erp.area.${name}`)}>
          <ul className="erp-places">
            {lists
              .filter(({ needs }) => allowed.includes(needs))
              .map((list) => (
                <li key={list.name}>
                  <Link to="/erp/$list" params={{ list: list.name }} search={{ entity: code }}>
                    <b>{t(`erp.list.${list.name}`)}</b>
                    <span className="rialto-dim">{t(`erp.about.${list.name}`)}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

function Title(): ReactNode {
  const { name } = useEntity();
  return <BooksHead title={name} />;
}

/** The company: how it stands, and everything its books hold, by what people do there. */
export function StartPage(): ReactNode {
  return (
    <Books>
      <Title />
      <div className="rialto-stack">
        <Glance />
        <Areas />
      </div>
    </Books>
  );
}
