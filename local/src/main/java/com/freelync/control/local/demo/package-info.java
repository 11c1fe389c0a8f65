/** The story of the payouts, walked over HTTP against a running stack. */
@NullMarked
package com.freelync.control.local.demo;

import org.jspecify.annotations.NullMarked;
