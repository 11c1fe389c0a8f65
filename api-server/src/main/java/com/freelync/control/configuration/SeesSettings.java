package com.freelync.control.configuration;

import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The caller needs any permission on settings or on features. */
@Requires({
  Permission.CONFIG_READ,
  Permission.CONFIG_MANAGE,
  Permission.CONFIG_APPROVE,
  Permission.CONFIG_REVEAL,
  Permission.FEATURES_MANAGE,
  Permission.FEATURES_EVALUATE
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface SeesSettings {}
