/**
 * Platform events: stored once, matched with automations on facts that are read from the source.
 */
@NullMarked
package com.freelync.control.event;

import org.jspecify.annotations.NullMarked;
