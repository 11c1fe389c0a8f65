/** A payment gateway simulator with faults on demand and a book of what it paid. */
@NullMarked
package com.freelync.control.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
