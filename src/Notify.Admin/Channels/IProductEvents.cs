using System.Text.Json.Nodes;

namespace Notify.Admin.Channels;

/// <summary>Raises events of the product itself: access lists that drifted, channels that fail. They are matched, stored and delivered as
/// any other event; <c>notify.*</c> from outside is refused.</summary>
public interface IProductEvents
{
    /// <summary>Stores the event with its deliveries in one transaction. An id that is known already changes nothing, so that raising again
    /// is always safe: by a second instance, or after a restart.</summary>
    /// <returns>False when the store cannot take it now: raise it again later.</returns>
    Task<bool> RaiseAsync(ProductEvent raised);
}

/// <summary>An event of the product's own.</summary>
/// <param name="Type"><c>notify.</c> and more: <c>notify.channel.failing</c>.</param>
/// <param name="Id">CloudEvents <c>id</c>: the same for the same occurrence, on every instance.</param>
/// <param name="English">What messages in English say.</param>
/// <param name="Chinese">What messages in Chinese say.</param>
public sealed record ProductEvent(string Type, string Id, EventWords English, EventWords Chinese)
{
    /// <summary>CloudEvents <c>source</c> of every event of the product's own.</summary>
    public const string Source = "notify-admin";

    public const string TypePrefix = "notify.";

    public Severity Severity { get; init; } = Severity.Informative;

    /// <summary>What several events are about, by a name of ours; null for one that stands alone.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether what it tells of lasts.</summary>
    public EventState State { get; init; }

    /// <summary>Further members of <c>data</c>, for machines.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>Channels that are told whether or not they hear such events, and why.</summary>
    public IReadOnlyList<ChannelMatch> AlsoTo { get; init; } = [];
}

/// <summary>What an event says in one language.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">More, where there is more to say.</param>
public sealed record EventWords(string? Title, string? Text);
