package com.freelync.control.api.security;

import com.freelync.control.identity.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The caller needs one of these permissions; an annotation that has it stands for it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Requires {
  /** Any one of them is enough. */
  Permission[] value();
}
