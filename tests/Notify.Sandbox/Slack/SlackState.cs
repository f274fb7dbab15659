namespace Notify.Sandbox.Slack;

/// <summary>What the pretended Slack consists of. Safe to change from any thread while calls are served.</summary>
public sealed class SlackState
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, SlidingWindow> _windows = new(StringComparer.Ordinal);
    private long _lastMicroseconds;

    internal SlackState(TimeProvider time) => _time = time;

    public Catalog<SandboxToken> Tokens { get; } = new(token => token.Token, token => token.FindProblem());
    public Catalog<SandboxChannel> Channels { get; } = new(channel => channel.Id, channel => channel.FindProblem());
    public Catalog<SandboxUser> Users { get; } = new(user => user.Id, user => user.FindProblem());
    public Catalog<SandboxTeam> Teams { get; } = new(team => team.Id, team => team.FindProblem());
    public Catalog<SandboxOrganisation> Organisations { get; } = new(organisation => organisation.Id,
        organisation => organisation.FindProblem());
    public Catalog<SandboxFunction> Functions { get; } = new(function => function.Id, function => function.FindProblem());

    /// <summary>What was posted, and is not deleted.</summary>
    public SlackPosts Posts { get; } = new();

    /// <summary>The connections of Socket Mode.</summary>
    public SlackSockets Sockets { get; } = new();

    /// <summary>Held by whoever reads a thing, decides, and puts back a changed one.</summary>
    internal Lock Gate { get; } = new();

    internal static bool IsId(string id) =>
        id.Length >= 2 && id.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character));

    /// <summary>A message's <c>ts</c>: Unix seconds with six decimals, different for each message.</summary>
    internal string NextTimestamp()
    {
        var now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        long last, next;
        do
        {
            last = Interlocked.Read(ref _lastMicroseconds);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _lastMicroseconds, next, last) != last);

        return $"{next / 1_000_000}.{next % 1_000_000:D6}";
    }

    /// <summary>Counts one more call of that kind.</summary>
    /// <returns>Null when it is allowed, else how long to wait.</returns>
    internal TimeSpan? FindWait(string kind, int perMinute)
    {
        lock (_windows)
        {
            if (!_windows.TryGetValue(kind, out var window))
            {
                _windows[kind] = window = new SlidingWindow(TimeSpan.FromMinutes(1));
            }

            var now = _time.GetUtcNow();
            if (window.CountAt(now) >= perMinute)
            {
                return window.UntilRoom(now);
            }

            window.Add(now);
            return null;
        }
    }

    internal void Reset()
    {
        lock (_windows)
        {
            _windows.Clear();
        }

        Posts.Clear();
        Sockets.Clear();
        Tokens.Replace(SlackSeeds.Tokens(_time.GetUtcNow()));
        Channels.Replace(SlackSeeds.Channels);
        Users.Replace(SlackSeeds.Users);
        Teams.Replace(SlackSeeds.Teams);
        Organisations.Replace(SlackSeeds.Organisations);
        Functions.Replace(SlackSeeds.Functions);
    }
}
