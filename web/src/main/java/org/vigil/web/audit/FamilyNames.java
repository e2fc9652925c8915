package org.vigil.web.audit;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.vigil.audit.api.Anomalies;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;

/**
 * Tells the rules for unusual access the family name of a study's patient: the trail keeps no
 * names, and audit may not ask imaging.
 */
@WebListener
public class FamilyNames implements ServletContextListener {
  @Inject private Anomalies anomalies;
  @Inject private Studies studies;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    anomalies.recogniseFamilyNames(
        study ->
            studies.find(study).map(StudyView::patientName).map(name -> name.split("\\^", -1)[0]));
  }
}
