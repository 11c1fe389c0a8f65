/** A mail sink: takes every message over SMTP and shows it over HTTP. */
@NullMarked
package com.freelync.control.sandbox.mail;

import org.jspecify.annotations.NullMarked;
