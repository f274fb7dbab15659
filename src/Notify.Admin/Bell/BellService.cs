using System.Collections.Concurrent;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Bell;

/// <summary>What a person has seen of what needs attention. It is kept with their account, so that every browser of theirs knows it, and
/// told to their open pages on every instance.</summary>
internal sealed class BellService : IDisposable
{
    private const string Choice = "bell";

    private readonly BellReader _reader;
    private readonly PersonChoiceService _choices;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly ChangeSubscription _following;
    private readonly ConcurrentDictionary<Watcher, bool> _watchers = new();

    public BellService(BellReader reader, PersonChoiceService choices, ChangeFeed feed, TimeProvider time)
    {
        (_reader, _choices, _feed, _time) = (reader, choices, feed, time);
        _following = feed.Subscribe(ChangeAreas.Seen, TellAsync);
    }

    public void Dispose() => _following.Dispose();

    public async Task<BellView> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return new BellView(await _reader.ListAsync(cancellationToken),
            SeenNotices.Parse(await _choices.FindAsync(Choice, actor, cancellationToken)));
    }

    /// <summary>The person has looked at these.</summary>
    public async Task<SeenNotices> SeeAsync(IReadOnlyList<Notice> notices, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var seen = SeenNotices.Of(notices, _time.GetUtcNow());
        await _choices.SaveAsync(Choice, seen.ToText(), actor, cancellationToken);
        _feed.Announce(ChangeAreas.Seen);
        return seen;
    }

    /// <summary>Tells a page what there is now, and what the person has seen on another page of theirs; on a foreign thread, in the
    /// caller's language.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Watch(Actor actor, Action<IReadOnlyList<Notice>> onChanged, Action<SeenNotices> onSeen)
    {
        actor.Demand(Policies.View);
        var watcher = new Watcher(_watchers, actor.UserId, onSeen, _reader.Listen(onChanged));
        _watchers[watcher] = true;
        return watcher;
    }

    // Somebody has looked, here or on another instance: one query for all who have a page open.
    private async Task TellAsync()
    {
        var watchers = _watchers.Keys.Where(watcher => watcher.UserId is not null).ToLookup(watcher => watcher.UserId!);
        if (watchers.Count == 0)
        {
            return;
        }

        var stored = await _choices.FindAllAsync(Choice, [.. watchers.Select(own => own.Key)], CancellationToken.None);
        foreach (var (userId, text) in stored)
        {
            var seen = SeenNotices.Parse(text);
            foreach (var watcher in watchers[userId])
            {
                watcher.Tell(text, seen);
            }
        }
    }

    private sealed class Watcher(
        ConcurrentDictionary<Watcher, bool> all, string? userId, Action<SeenNotices> onSeen, IDisposable listening) : IDisposable
    {
        private string? _told;

        public string? UserId => userId;

        // Others look, too: a page is drawn again only for its own reader. The feed never calls twice at a time.
        public void Tell(string text, SeenNotices seen)
        {
            if (_told != text)
            {
                _told = text;
                onSeen(seen);
            }
        }

        public void Dispose()
        {
            all.TryRemove(this, out _);
            listening.Dispose();
        }
    }
}

/// <summary>What needs attention, the newest first, and what of it a person has seen.</summary>
internal sealed record BellView(IReadOnlyList<Notice> Notices, SeenNotices Seen);
