package org.vigil.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.vigil.web.security.PermissionFilter;

/** What answers under {@code /api}. */
@ApplicationPath("/api")
public class ApiApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        AccessReviewResource.class,
        AccountResource.class,
        AlertResource.class,
        AllowedCallerResource.class,
        AnalysisResource.class,
        AnomalyResource.class,
        AuditCostResource.class,
        AuditExportResource.class,
        AuditIntegrityResource.class,
        AuditResource.class,
        LegalHoldResource.class,
        AuthResource.class,
        ConsentResource.class,
        BreakGlassResource.class,
        DeliveryResource.class,
        ErrorMappers.OfHttp.class,
        ErrorMappers.OfJson.class,
        ErrorMappers.OfRefusals.class,
        ErrorMappers.OfTheRest.class,
        FeatureResource.class,
        JsonMapper.class,
        DirectoryResource.class,
        IdentityProviderResource.class,
        DataKeyResource.class,
        DeidentifiedCopyResource.class,
        KeyResource.class,
        LoginPolicyResource.class,
        ModelResource.class,
        NightSummaryResource.class,
        OpenIdResource.class,
        OrderResource.class,
        PacsNodeResource.class,
        ProfileResource.class,
        QuarantineResource.class,
        PermissionFilter.class,
        ServiceAccountResource.class,
        PeerPolicyResource.class,
        RejectedObjectResource.class,
        StorageResource.class,
        StorageTierResource.class,
        StudyResource.class,
        StorageCommitmentResource.class,
        TenantAllowedCallerResource.class,
        TenantPacsNodeResource.class,
        TenantResource.class,
        TokenResource.class,
        WorklistResource.class);
  }
}
