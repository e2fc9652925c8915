import { useEffect } from 'react';
import { useWorklist } from '../worklist/useWorklist';
import type { PageName } from './router';
import { TopBar } from './TopBar';

interface LiveTopBarProps {
  page: PageName;
  watches: boolean;
  onHelp: () => void;
  onLogout: () => void;
}

/** The bar with the state of the live list; the browser tab's title counts unread criticals. */
export function LiveTopBar({ page, watches, onHelp, onLogout }: LiveTopBarProps) {
  const { stream, entries } = useWorklist();
  const criticals = entries.filter((e) => e.severity === 'critical' && e.readingStatus === 'unread').length;
  useEffect(() => {
    document.title = criticals > 0 ? `(${criticals} critical) Vigil` : 'Vigil';
    return () => {
      document.title = 'Vigil';
    };
  }, [criticals]);
  return <TopBar page={page} stream={watches ? stream : null} onHelp={onHelp} onLogout={onLogout} />;
}
