using System.Globalization;

namespace Notify.Admin.Load;

/// <summary>Processor time of the PostgreSQL server on this machine, of those of its processes that have ended as well.</summary>
internal static class ServerProcessorTime
{
    // The kernel's unit here, on every architecture that .NET runs on.
    private const long TicksOfASecond = 100;

    /// <summary>Zero where no server runs on this machine.</summary>
    public static TimeSpan Read() => TimeSpan.FromSeconds(
        (double)Directory.EnumerateDirectories("/proc").Where(IsProcess).Sum(TicksOf) / TicksOfASecond);

    private static bool IsProcess(string directory) => char.IsAsciiDigit(Path.GetFileName(directory)[0]);

    private static long TicksOf(string directory)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(directory, "stat"));
            // The name stands in parentheses; after it come the state (3rd) and the rest: 14th to 17th are a process's own and its ended
            // children's.
            var end = line.LastIndexOf(')');
            return line.AsSpan(0, end).EndsWith("(postgres")
                ? line[(end + 2)..].Split(' ')[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) : 0;
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
