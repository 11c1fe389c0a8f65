package com.freelync.control.notification;

import com.freelync.control.approval.Role;
import java.util.Set;

public record Notice(
    String key,
    Set<Role> roles,
    Set<String> subjects,
    Set<String> except,
    String kind,
    String subject,
    String text,
    String link) {}
