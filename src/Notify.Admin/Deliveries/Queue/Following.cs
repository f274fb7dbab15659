using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>What a message has to do with a problem.</summary>
/// <param name="Problem">Null for a message that neither follows nor is followed.</param>
/// <param name="Told">What it follows; null for the first message.</param>
internal readonly record struct Following(string? Problem, ToldProblem? Told)
{
    public static readonly Following Nothing;

    public static Following First(string problem) => new(problem, null);
}

/// <summary>A problem that a channel was told of.</summary>
/// <param name="FirstId">The row of the message that others follow.</param>
/// <param name="Newest">The last event that was told.</param>
internal sealed record ToldProblem(long FirstId, EarlierMessage Message, DateTimeOffset AcceptedAt, ToldEvent Newest);

/// <summary>An event that a channel was told of.</summary>
internal readonly record struct ToldEvent(long DeliveryId, EventState State, Severity Severity);
