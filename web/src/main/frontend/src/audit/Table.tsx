import type { ReactNode } from 'react';

/** A table with its titles; the last title may be empty, above the buttons. */
export function Table({ titles, children }: { titles: readonly string[]; children: ReactNode }) {
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col">
                {title === '' ? <span className="visually-hidden">Actions</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
