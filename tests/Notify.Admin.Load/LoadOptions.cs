using System.Globalization;
using Notify.Admin.Data;

namespace Notify.Admin.Load;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadOptions
{
    public DatabaseProvider Store { get; init; } = DatabaseProvider.Sqlite;

    public int Seconds { get; init; } = 10;

    public int? Connections { get; init; }

    /// <summary>Events in one request.</summary>
    public int? Batch { get; init; }

    /// <summary>Events per second to offer; 0 is as many as are taken.</summary>
    public int Rate { get; init; }

    /// <summary>That wait to be delivered, or that the store holds already.</summary>
    public int Events { get; init; } = 100_000;

    public int Channels { get; init; } = 500;

    /// <summary>Events that were delivered before those that wait.</summary>
    public int History { get; init; }

    public HistoryTexts Texts { get; init; } = HistoryTexts.Indexed;

    /// <summary>Entries of the audit trail.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Open at once, at most.</summary>
    public int Pages { get; init; } = 200;

    public static LoadOptions Read(string[] args)
    {
        var options = new LoadOptions();
        for (var i = 1; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} has no value.");
            options = args[i] switch
            {
                "--store" => options with { Store = Enum.Parse<DatabaseProvider>(value, ignoreCase: true) },
                "--seconds" => options with { Seconds = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--batch" => options with { Batch = Number(value) },
                "--rate" => options with { Rate = Number(value) },
                "--events" => options with { Events = Number(value) },
                "--history" => options with { History = Number(value) },
                "--rows" => options with { Rows = Number(value) },
                "--pages" => options with { Pages = Number(value) },
                "--channels" => options with { Channels = Number(value) },
                "--texts" => options with { Texts = Enum.Parse<HistoryTexts>(value, ignoreCase: true) },
                _ => throw new ArgumentException($"There is no option {args[i]}."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
