/** Changes of settings, durably. */
@NullMarked
package com.freelync.control.configuration;

import org.jspecify.annotations.NullMarked;
