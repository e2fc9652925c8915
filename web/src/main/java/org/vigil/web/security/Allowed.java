package org.vigil.web.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.vigil.tenancy.api.Permission;

/**
 * The permission that a resource or method needs; the method's own outweighs its class's. A
 * resource without it answers nobody. No permission means everybody who is logged in; of several,
 * one is enough.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Allowed {
  Permission[] value() default {};

  /** Whether even somebody who is not logged in may call it. */
  boolean anonymous() default false;
}
