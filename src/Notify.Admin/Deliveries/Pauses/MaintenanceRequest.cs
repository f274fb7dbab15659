using Notify.Admin.Channels;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Deliveries;

/// <summary>What somebody asks for who plans maintenance. Field names in refusals are the names of its properties.</summary>
/// <param name="From">Null for now.</param>
/// <param name="WeeklyIn">IANA name of the zone by whose clocks it comes every week; empty for once.</param>
public sealed record MaintenanceRequest(
    string Tag, DateTimeOffset? From, DateTimeOffset? Until, string WeeklyIn, string Reason, PauseOutcome Outcome, bool LetCriticalThrough)
{
    /// <summary>Of one that comes every week: there is always a time between two.</summary>
    public static readonly TimeSpan LongestOfAWeek = TimeSpan.FromDays(6);

    // Further ahead nobody plans.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(2 * 365);

    public IEnumerable<FieldRefusal> Check(DateTimeOffset now)
    {
        if (ChannelTags.Clean(Tag) is null)
        {
            yield return new FieldRefusal(nameof(Tag), "Tag.Bad", ChannelTags.MostLength);
        }

        var from = From ?? now;
        if (from > now + Farthest)
        {
            yield return new FieldRefusal(nameof(From), "From.TooFar");
        }

        if (CheckEnd(from, now) is { } key)
        {
            yield return new FieldRefusal(nameof(Until), key);
        }

        if (WeeklyIn.Length > 0 && LocalClock.Find(WeeklyIn) is null)
        {
            yield return new FieldRefusal(nameof(WeeklyIn), "WeeklyIn.Unknown");
        }

        if (PauseReason.Check(Reason) is { } refusal)
        {
            yield return refusal;
        }
    }

    private string? CheckEnd(DateTimeOffset from, DateTimeOffset now) => Until switch
    {
        null => "Until.Missing",
        { } until when until <= from => "Until.BeforeFrom",
        { } until when WeeklyIn.Length == 0 && until <= now => "Until.Past",
        { } until when until - from > SnoozeRequest.Longest => "Until.TooLong",
        { } until when WeeklyIn.Length > 0 && until - from > LongestOfAWeek => "Until.TooLongForAWeek",
        _ => null,
    };
}
