/** Rules of intake: what an object must carry, where it lies, when a study is complete. */
package org.vigil.imaging.domain;
