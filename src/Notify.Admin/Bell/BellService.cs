using System.Collections.Concurrent;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Bell;

/// <summary>What a person has seen of what needs attention. It is kept with their account, so that every browser of theirs knows it, and
/// told at once to their other pages on this instance.</summary>
internal sealed class BellService(BellReader reader, PersonChoiceService choices, TimeProvider time)
{
    private const string Choice = "bell";

    private readonly ConcurrentDictionary<Watcher, bool> _watchers = new();

    public async Task<BellView> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return new BellView(await reader.ListAsync(cancellationToken),
            SeenNotices.Parse(await choices.FindAsync(Choice, actor, cancellationToken)));
    }

    /// <summary>The person has looked at these.</summary>
    public async Task<SeenNotices> SeeAsync(IReadOnlyList<Notice> notices, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var seen = SeenNotices.Of(notices, time.GetUtcNow());
        await choices.SaveAsync(Choice, seen.ToText(), actor, cancellationToken);
        foreach (var watcher in _watchers.Keys.Where(watcher => watcher.UserId == actor.UserId))
        {
            watcher.OnSeen(seen);
        }

        return seen;
    }

    /// <summary>Tells a page what there is now, and what the person has seen on another page of theirs; on a foreign thread, in the
    /// caller's language.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Watch(Actor actor, Action<IReadOnlyList<Notice>> onChanged, Action<SeenNotices> onSeen)
    {
        actor.Demand(Policies.View);
        var watcher = new Watcher(_watchers, actor.UserId, onSeen, reader.Listen(onChanged));
        _watchers[watcher] = true;
        return watcher;
    }

    private sealed class Watcher(
        ConcurrentDictionary<Watcher, bool> all, string? userId, Action<SeenNotices> onSeen, IDisposable listening) : IDisposable
    {
        public string? UserId => userId;

        public Action<SeenNotices> OnSeen => onSeen;

        public void Dispose()
        {
            all.TryRemove(this, out _);
            listening.Dispose();
        }
    }
}

/// <summary>What needs attention, the newest first, and what of it a person has seen.</summary>
internal sealed record BellView(IReadOnlyList<Notice> Notices, SeenNotices Seen);
