package com.freelync.control.report;

import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who has to do with automations, or reads metrics, sees reports. */
@Requires({
  Permission.AUTOMATION_OPERATE,
  Permission.AUTOMATION_MANAGE,
  Permission.AUTOMATION_APPROVE,
  Permission.ANALYTICS_READ
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface SeesReports {}
