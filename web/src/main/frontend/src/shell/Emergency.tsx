import { useCallback, useState } from 'react';
import { useFetched } from '../api/useFetched';
import { vigil } from '../api/vigil';
import { AskDialog } from '../design/AskDialog';
import { Icon } from '../design/Icon';

const ASK_EVERY_MS = 60_000;

function time(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** Emergency access: the way to take it, and a banner for as long as it lasts. */
export function EmergencyBanner() {
  const load = useCallback(async (signal: AbortSignal) => (await vigil.emergency(signal)) ?? null, []);
  const { data, reload } = useFetched(load, ASK_EVERY_MS);
  const [asking, setAsking] = useState(false);

  if (data !== null) {
    return (
      <div className="notice warning emergency" role="status" data-testid="emergency-banner">
        <Icon name="urgent" />
        <p className="grow">
          Emergency access until {time(data.endsAt)}. Everything you open is recorded and will be reviewed.
        </p>
        <button type="button" className="button" data-testid="emergency-end"
          onClick={() => void vigil.endEmergency().then(() => window.location.reload())}>
          End it now
        </button>
      </div>
    );
  }
  return (
    <div className="emergency-offer">
      <button type="button" className="button quiet small" data-testid="emergency-ask" onClick={() => setAsking(true)}>
        Emergency access…
      </button>
      {asking && (
        <AskDialog title="Emergency access" label="Why you need it now" required confirm="Take emergency access"
          testId="emergency"
          explanation="For the next hour the limits of your role do not hold. Everything you open is recorded, and the privacy officer reviews it."
          onConfirm={async (reason) => {
            await vigil.breakGlass(reason);
            reload();
          }}
          onClose={() => setAsking(false)} />
      )}
    </div>
  );
}
