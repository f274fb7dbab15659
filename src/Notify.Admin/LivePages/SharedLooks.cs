using System.Globalization;

namespace Notify.Admin.LivePages;

/// <summary>What many open pages read after the same change is read once for all of them. Whoever asks joins the look that begins next, so
/// nobody is shown less than there was when they asked. Each look takes one of the <see cref="LiveTurns"/>; looks at one thing pause for
/// ten times what they take, so that one that takes long leaves turns to the others.</summary>
public sealed class SharedLooks(LiveTurns turns, TimeProvider time)
{
    private const int PausePerCost = 10;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(object, string), object> _looks = [];

    /// <param name="what">Names what is looked at, with everything that it depends on: a query, what its reader may see. The language is
    /// added.</param>
    /// <param name="read">Works for whoever else has joined, so nothing of one page must change in it.</param>
    /// <param name="stop">Ends the waiting, not the look.</param>
    public Task<T> JoinAsync<T>(object what, Func<Task<T>> read, CancellationToken stop) =>
        JoinAsync<object?, T>(what, null, _ => read(), stop);

    /// <summary>The same for a part of something: all parts that are asked for until the look begins are read together.</summary>
    /// <param name="part">For example the ids of the rows that a page shows.</param>
    public Task<T> JoinAsync<TPart, T>(object what, TPart part, Func<IReadOnlyList<TPart>, Task<T>> read, CancellationToken stop)
    {
        var key = (what, CultureInfo.CurrentUICulture.Name);
        lock (_gate)
        {
            if (!_looks.TryGetValue(key, out var known))
            {
                _looks[key] = known = new Look<TPart, T>();
            }

            var look = (Look<TPart, T>)known;
            look.Parts.Add(part);
            look.Read = read;
            if (!look.IsRunning)
            {
                look.IsRunning = true;
                _ = Task.Run(() => RunAsync(key, look), CancellationToken.None);
            }

            return look.Next.Task.WaitAsync(stop);
        }
    }

    private async Task RunAsync<TPart, T>((object, string) key, Look<TPart, T> look)
    {
        while (IsAsked(key, look))
        {
            var pause = await turns.TakeAsync(() => ReadAsync(look)) * PausePerCost;
            await Task.Delay(pause < LeastPause ? LeastPause : pause > MostPause ? MostPause : pause, time);
        }
    }

    private bool IsAsked<TPart, T>((object, string) key, Look<TPart, T> look)
    {
        lock (_gate)
        {
            if (look.Parts.Count == 0)
            {
                _looks.Remove(key);
                return false;
            }

            return true;
        }
    }

    private async Task ReadAsync<TPart, T>(Look<TPart, T> look)
    {
        List<TPart> parts;
        TaskCompletionSource<T> asked;
        Func<IReadOnlyList<TPart>, Task<T>> read;
        lock (_gate)
        {
            (parts, asked, read) = (look.Parts, look.Next, look.Read);
            (look.Parts, look.Next) = ([], Look<TPart, T>.NewNext());
        }

        try
        {
            asked.SetResult(await read(parts));
        }
        catch (Exception e)
        {
            asked.SetException(e);
        }
    }

    // Everything of it is changed under the gate only.
    private sealed class Look<TPart, T>
    {
        public List<TPart> Parts { get; set; } = [];

        public TaskCompletionSource<T> Next { get; set; } = NewNext();

        // Of who asked last: a page that is gone is not held.
        public Func<IReadOnlyList<TPart>, Task<T>> Read { get; set; } = null!;

        public bool IsRunning { get; set; }

        public static TaskCompletionSource<T> NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
