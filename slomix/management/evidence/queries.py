"""Three queries for an operator's own client; SQLite and PostgreSQL understand the same text."""

# A call's rows in the ledger are found by its people and its evening's keys: a second call of an
# evening shares the rows of people who were called before.
_OF_THE_CALL = """\
  JOIN availability_promotion_recipients AS recipient ON recipient.campaign_id = campaign.id
  JOIN notifications_ledger AS ledger
    ON ledger.recipient = recipient.key
   AND (   (NOT campaign.dry_run
            AND ledger.event_key IN ('PROMOTE:T-15:' || campaign.day,
                                     'PROMOTE:T0:' || campaign.day,
                                     'PROMOTE:FOLLOWUP:' || campaign.day))
        OR (campaign.dry_run
            AND ledger.event_key
                = 'DRY:' || campaign.id || ':' || ledger.kind || ':' || campaign.day))"""

CAMPAIGNS = """
-- The newest calls, and how far each is
SELECT campaign.id, campaign.day AS campaign_date,
       CASE WHEN campaign.cancelled_at IS NOT NULL THEN 'cancelled'
            WHEN campaign.dry_run THEN 'dry run'
            ELSE 'live' END AS status,
       (SELECT COUNT(*) FROM availability_promotion_recipients AS recipient
         WHERE recipient.campaign_id = campaign.id AND recipient.left_out = '')
         AS recipient_count,
       campaign.created_at, campaign.cancelled_at
FROM availability_promotion_campaigns AS campaign
ORDER BY campaign.id DESC
LIMIT 5;
"""

JOBS = """
-- The jobs of one call
SELECT job.campaign_id, job.kind AS job_type,
       CASE WHEN job.done_at IS NOT NULL THEN 'done'
            WHEN job.lease_until IS NOT NULL THEN 'running'
            ELSE 'pending' END AS status,
       job.attempts, job.run_at, job.done_at, job.outcome
FROM availability_promotion_jobs AS job
WHERE job.campaign_id = {campaign_id}
ORDER BY job.run_at;
"""

DELIVERIES = f"""
-- What became of every promise of one call: a line for each try, one for whatever was not tried
SELECT campaign.id AS campaign_id, job.id AS job_id, ledger.person_id AS user_id,
       ledger.event_key, ledger.channel AS channel_type, ledger.state,
       attempt.n AS attempt, attempt.outcome AS status,
       attempt.provider_message_id AS message_id,
       COALESCE(NULLIF(attempt.error, ''), ledger.reason) AS error,
       COALESCE(attempt.started_at, ledger.created_at) AS created_at
FROM availability_promotion_campaigns AS campaign
{_OF_THE_CALL}
  LEFT JOIN availability_promotion_send_logs AS attempt ON attempt.delivery_id = ledger.id
  LEFT JOIN availability_promotion_jobs AS job
    ON job.campaign_id = campaign.id
   AND job.kind = CASE ledger.kind WHEN 'reminder' THEN 'send_reminder_2045'
                                   WHEN 'start' THEN 'send_start_2100'
                                   ELSE 'voice_check_2100' END
WHERE campaign.id = {{campaign_id}}
ORDER BY ledger.due_at, ledger.id, attempt.n;
"""  # noqa: S608  the one value is a campaign's own id


def of(campaign_id: int) -> list[str]:
    """Return the queries with the id filled in, ready to be pasted."""
    texts = (CAMPAIGNS, JOBS, DELIVERIES)
    return [text.strip().format(campaign_id=int(campaign_id)) for text in texts]
