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

    /// <summary>A stored secret cannot be decrypted.</summary>
    public const string SecretUnreadable = "secret_unreadable";
}

/// <summary>A verdict as an attempt's columns hold it.</summary>
internal static class AttemptRecord
{
    public static AttemptOutcome OutcomeOf(SendResult result) =>
        result.Accepted ? AttemptOutcome.Accepted : result.OutcomeUnknown ? AttemptOutcome.Unknown : AttemptOutcome.Failed;

    public static string Code(SendResult result) => Cut(result.Code, 64)!;

    public static string? Detail(SendResult result) => Cut(result.Detail, 1024);

    private static string? Cut(string? text, int most) => text?.Length > most ? text[..most] : text;
}
