#!/usr/bin/env bash
# Makes the search attributes that runs of the control center carry; those that exist stay.
set -euo pipefail
existing=$(temporal operator search-attribute list -n default)
for attribute in ControlCapability=Keyword AutomationName=Keyword TriggeredBy=Keyword \
    AwaitingApproval=Keyword Simulated=Bool; do
  name=${attribute%=*}
  case $existing in *"$name"*) continue ;; esac
  temporal operator search-attribute create -n default --name "$name" --type "${attribute#*=}"
done
# A start that uses one made within the last two seconds is refused.
sleep 3
