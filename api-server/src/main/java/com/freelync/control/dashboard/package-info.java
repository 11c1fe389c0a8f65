/** What all capabilities say at a glance. It knows their services, and they do not know it. */
@NullMarked
package com.freelync.control.dashboard;

import org.jspecify.annotations.NullMarked;
