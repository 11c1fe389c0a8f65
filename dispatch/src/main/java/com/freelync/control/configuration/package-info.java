/** Changes of settings, as API and workers share them. */
@NullMarked
package com.freelync.control.configuration;

import org.jspecify.annotations.NullMarked;
