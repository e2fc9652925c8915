/** MicroProfile Health checks of integration. */
package org.vigil.integration.health;
