package org.vigil.audit.application;

import java.util.List;
import org.vigil.audit.domain.AuditRow;

/** Events were committed and sealed; who observes this must not take long over it. */
public record EventsSealed(String schema, List<AuditRow> rows) {}
