/** Use cases of inference: importing models, choosing them for a study, running a job. */
package org.vigil.inference.application;
