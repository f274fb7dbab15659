using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary>The messages that are in the channels: what can be changed, answered and deleted. Safe from any thread.</summary>
public sealed class SlackPosts
{
    // The newest of as many: a flood of messages that nobody changes must not fill the memory.
    private const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SlackPost> _posts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Null where there is none of that <c>ts</c> in the channel.</summary>
    public SlackPost? Find(string channelId, string ts)
    {
        lock (_gate)
        {
            return _posts.GetValueOrDefault(ts) is { } post && post.ChannelId == channelId ? post : null;
        }
    }

    /// <summary>The message of that <c>ts</c>, whichever channel it is in; null where there is none.</summary>
    public SlackPost? Find(string ts)
    {
        lock (_gate)
        {
            return _posts.GetValueOrDefault(ts);
        }
    }

    /// <summary>Deletes a message, as somebody in Slack would.</summary>
    /// <returns>False where there is none.</returns>
    public bool Delete(string ts)
    {
        lock (_gate)
        {
            return _posts.Remove(ts);
        }
    }

    internal void Add(string ts, SlackPost post)
    {
        lock (_gate)
        {
            var isNew = !_posts.ContainsKey(ts);
            _posts[ts] = post;
            if (isNew)
            {
                _order.Enqueue(ts);
            }

            if (_order.Count > Most)
            {
                _posts.Remove(_order.Dequeue());
            }
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _posts.Clear();
            _order.Clear();
        }
    }
}

/// <summary>A message in a channel.</summary>
/// <param name="AppId">Of the app that posted it, which alone may change it.</param>
/// <param name="ThreadTs">The first message of its thread; null for one that is not an answer.</param>
/// <param name="Interactive">The message as Slack tells of it, where it has buttons to press; null for one that has none, and is not
/// kept.</param>
public sealed record SlackPost(string ChannelId, string? AppId, string? ThreadTs, JsonObject? Interactive = null);
