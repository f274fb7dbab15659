using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>Own rules of channels of one kind for programs, by the service that its form uses.</summary>
public interface IOwnRules
{
    ChannelKind Kind { get; }

    /// <summary>As JSON; null where there is no such channel.</summary>
    Task<string?> FindAsync(int id, Actor actor, CancellationToken cancellationToken);

    /// <summary>Sets them, and nothing else of the channel.</summary>
    Task<SaveResult<string>> SaveAsync(int id, string rules, Actor actor, CancellationToken cancellationToken);
}
