using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>What a channel hears beside its vendor's dialect.</summary>
/// <param name="Rules">Its own rules as JSON; in a change null leaves them.</param>
/// <param name="RuleSets">The ids of the rule sets that it uses; in a change null leaves them.</param>
public sealed record OwnHearing(string? Rules, IReadOnlyList<int>? RuleSets);

/// <summary>Own rules and rule sets of channels of one kind for programs, by the service that its form uses.</summary>
public interface IOwnRules
{
    ChannelKind Kind { get; }

    /// <summary>Null where there is no such channel.</summary>
    Task<OwnHearing?> FindAsync(int id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Sets what is given, and nothing else of the channel.</summary>
    Task<SaveResult<OwnHearing>> SaveAsync(int id, OwnHearing change, Actor actor, CancellationToken cancellationToken);
}
