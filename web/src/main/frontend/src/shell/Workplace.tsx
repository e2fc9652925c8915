import { lazy, Suspense, useEffect, useState } from 'react';
import { Empty } from '../design/Notice';
import { WorklistPage } from '../worklist/WorklistPage';
import { openStore, useRunning, WorklistContext } from '../worklist/useWorklist';
import { EmergencyBanner } from './Emergency';
import { HelpDialog } from './HelpDialog';
import { LiveTopBar } from './LiveTopBar';
import ProfilePage from './ProfilePage';
import { may, maySee, pagesFor } from './roles';
import { goTo, usePlace, type Place } from './router';
import { useSession } from './session';
import { useKeys } from './useKeys';

const StudyPage = lazy(() => import('../study/StudyPage'));
/** The viewer is large: it is fetched once the list stands, so that the first study opens at once. */
const FETCH_VIEWER_AFTER_MS = 3_000;

const AlertsPage = lazy(() => import('../alerts/AlertsPage'));
const ExceptionsPage = lazy(() => import('../exceptions/ExceptionsPage'));
const ModelsPage = lazy(() => import('../admin/ModelsPage'));
const FeaturesPage = lazy(() => import('../admin/FeaturesPage'));
const ConsentsPage = lazy(() => import('../admin/ConsentsPage'));
const AuditPage = lazy(() => import('../audit/AuditPage'));
const ReviewsPage = lazy(() => import('../admin/ReviewsPage'));
const PrintPage = lazy(() => import('../worklist/PrintPage'));

function Page({ place }: { place: Place }) {
  switch (place.page) {
    case 'study':
      return <StudyPage studyUid={place.studyUid} />;
    case 'print':
      return <PrintPage />;
    case 'alerts':
      return <AlertsPage />;
    case 'exceptions':
      return <ExceptionsPage />;
    case 'models':
      return <ModelsPage />;
    case 'features':
      return <FeaturesPage />;
    case 'consents':
      return <ConsentsPage />;
    case 'audit':
      return <AuditPage />;
    case 'reviews':
      return <ReviewsPage />;
    case 'profile':
      return <ProfilePage />;
    default:
      return <WorklistPage />;
  }
}

/** The logged-in page: navigation above, one page below; the worklist is kept current on all of them. */
export function Workplace({ onLogout }: { onLogout: () => void }) {
  const session = useSession();
  const asked = usePlace();
  const [store] = useState(openStore);
  const [help, setHelp] = useState(false);
  const watches = maySee(session, 'worklist');
  useRunning(store, watches);

  const opens = maySee(session, 'study');
  useEffect(() => {
    if (!opens) return undefined;
    const timer = setTimeout(() => {
      // A failure here is no loss: opening a study fetches it again and says what is wrong.
      void Promise.allSettled([import('../study/StudyPage'), import('../study/viewer/Viewport')]);
    }, FETCH_VIEWER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [opens]);

  const first = pagesFor(session)[0];
  const place = asked.page === 'worklist' && !watches && first !== undefined ? ({ page: first } as Place) : asked;

  useKeys({
    '?': () => setHelp(true),
    Escape: () => {
      if (place.page !== 'worklist') goTo({ page: 'worklist' });
    },
  });

  return (
    <WorklistContext.Provider value={store}>
      <LiveTopBar page={place.page} watches={watches} onHelp={() => setHelp(true)} onLogout={onLogout} />
      {may(session, 'breakGlass') && <EmergencyBanner />}
      {maySee(session, place.page) ? (
        <Suspense fallback={<main className="page" aria-busy="true" />}>
          <Page key={place.page === 'study' ? place.studyUid : place.page} place={place} />
        </Suspense>
      ) : (
        <main className="page">
          <Empty title="Your role does not include this page.">
            Ask the administrator of your hospital if you need it.
          </Empty>
        </main>
      )}
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </WorklistContext.Provider>
  );
}
