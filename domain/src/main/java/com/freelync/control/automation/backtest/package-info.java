/** Definitions tried on the past: with the facts of then, and beside what people decided. */
@NullMarked
package com.freelync.control.automation.backtest;

import org.jspecify.annotations.NullMarked;
