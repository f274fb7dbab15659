using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Codes of our own, beside the vendors'.</summary>
public static class OutcomeCodes
{
    /// <summary>The process died while the message was in flight.</summary>
    public const string ProcessDied = "process_died";

    public const string ChannelOff = "channel_off";

    public const string ChannelDeleted = "channel_deleted";

    /// <summary>Counted in an earlier delivery instead of sent.</summary>
    public const string Repeat = "repeat";

    /// <summary>Came while the channel was snoozed, and was to be dropped.</summary>
    public const string Snoozed = "snoozed";

    /// <summary>Came while the problem was muted on the channel.</summary>
    public const string Muted = "muted";

    /// <summary>Came while a problem was open that holds it back.</summary>
    public const string Inhibited = "inhibited";

    /// <summary>A stored secret cannot be decrypted.</summary>
    public const string SecretUnreadable = "secret_unreadable";
}

/// <summary>A verdict as the columns hold it.</summary>
internal static class AttemptRecord
{
    public static AttemptOutcome OutcomeOf(SendResult result) =>
        result.Accepted ? AttemptOutcome.Accepted : result.OutcomeUnknown ? AttemptOutcome.Unknown : AttemptOutcome.Failed;

    public static void Write(Attempt attempt, SendResult result)
    {
        attempt.Outcome = OutcomeOf(result);
        attempt.Code = result.Code;
        attempt.Detail = result.Detail;
        attempt.RawAnswer = result.RawAnswer;
        attempt.DurationMilliseconds = (int)result.Duration.TotalMilliseconds;
    }

    public static void Write(Message message, SendResult result, DateTimeOffset now)
    {
        if (result.Accepted)
        {
            message.AcceptedAt = now;
            message.VendorMessageId = result.VendorMessageId;
            message.VendorChannelId = result.VendorChannelId;
        }
    }
}
