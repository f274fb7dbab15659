using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>A delivery as lists show it.</summary>
/// <param name="RepeatOf">The delivery that counts this one, which was skipped as its repeat.</param>
public sealed record DeliveryRow(
    long Id,
    ChannelKey Channel,
    DeliveryState State,
    HoldReason HoldReason,
    string? Code,
    string MatchReason,
    DateTimeOffset DueAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    int Attempts,
    bool MayBeDuplicate,
    long? RepeatOf,
    EventSummary Event)
{
    /// <summary>How the message that carries it follows an earlier one.</summary>
    public FollowUp FollowUp { get; init; }

    /// <summary>CloudEvents <c>id</c> of the problem that it is held back for; null where it is not.</summary>
    public string? InhibitedBy { get; init; }

    public string ShortId => ShortIds.OfDelivery(Id);

    /// <summary>When something is next due, while open; null when that is not known.</summary>
    public DateTimeOffset? NextAt => State.IsFinal() || DueAt == DateTimeOffset.MaxValue ? null : DueAt;
}

/// <summary>An event as lists show it.</summary>
/// <param name="RowId">The row in the store.</param>
/// <param name="Id">CloudEvents <c>id</c>.</param>
public sealed record EventSummary(
    long RowId, string Id, string Source, string Type, DateTimeOffset Time, Severity Severity, string? Title, string? Asset)
{
    private static readonly Bilingual KindAndAsset = new("{0}: {1}", "{0}：{1}");

    /// <summary>The source as people read it: a source of this product is called by its name there, percent-encoded.</summary>
    public string SourceText => ForeignText.OnOneLine(Uri.UnescapeDataString(Source));

    /// <summary>One line for people: the title, otherwise what happened to what.</summary>
    public string HeadlineIn(CultureInfo culture)
    {
        if (!string.IsNullOrWhiteSpace(Title))
        {
            return Title;
        }

        var language = Bilingual.LanguageOf(culture);
        var kind = EventKinds.Find(Type)?.In(language) ?? Type;
        return string.IsNullOrWhiteSpace(Asset) ? kind : string.Format(culture, KindAndAsset.In(language), kind, Asset);
    }
}

/// <summary>One delivery with everything that happened to it.</summary>
/// <param name="Json">The event as it came.</param>
/// <param name="Messages">Oldest first, with their attempts.</param>
/// <param name="Repeats">How many later deliveries it counts, which were skipped.</param>
public sealed record DeliveryStory(DeliveryRow Row, string Json, int Repeats, IReadOnlyList<StoryMessage> Messages)
{
    /// <summary>The vendor's text of the last attempt; null when there was none.</summary>
    public string? LastDetail => Messages is [.., { Attempts: [.., var last] }] ? last.Detail : null;
}

/// <summary>A message that carried, or carries, the delivery.</summary>
/// <param name="Carried">How many deliveries it carries.</param>
/// <param name="Attempts">Oldest first.</param>
public sealed record StoryMessage(
    long Id,
    MessagePurpose Purpose,
    string ShortId,
    string Preview,
    PartOf Part,
    string? RequestedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? AcceptedAt,
    string? VendorMessageId,
    string? VendorChannelId,
    int Carried,
    IReadOnlyList<StoryAttempt> Attempts)
{
    /// <summary>How it told what follows on a problem.</summary>
    public FollowUp FollowUp { get; init; }

    /// <summary>The short id of the message that it changed or answered; null where that is no longer on record.</summary>
    public string? Earlier { get; init; }
}

/// <summary>One request to the vendor.</summary>
/// <param name="RawAnswer">Redacted.</param>
public sealed record StoryAttempt(
    long MessageId, DateTimeOffset StartedAt, TimeSpan Duration, AttemptOutcome Outcome, string? Code, string? Detail, string? RawAnswer)
{
    internal static StoryAttempt Of(Attempt attempt) => new(
        attempt.MessageId, attempt.StartedAt, TimeSpan.FromMilliseconds(attempt.DurationMilliseconds), attempt.Outcome, attempt.Code,
        attempt.Detail, attempt.RawAnswer);
}
