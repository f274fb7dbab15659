using Notify.Admin.Channels;
using Notify.Admin.Events;

namespace Notify.Admin.Coverage;

/// <summary>What a cell of the map says at a glance.</summary>
public enum CellState
{
    /// <summary>Such events came, and no channel hears them.</summary>
    Unheard,

    /// <summary>Channels hear such events.</summary>
    Heard,

    /// <summary>None came, and nobody would hear them.</summary>
    Quiet,

    /// <summary>There are no such events.</summary>
    Impossible,
}

/// <summary>Events of one type and severity: who hears them, and how many came lately.</summary>
/// <param name="Whole">Channels that hear all of them.</param>
/// <param name="Part">Channels that hear some of them: their rules ask for more.</param>
/// <param name="Unmatched">Of <paramref name="Events"/>: no channel heard them when they came.</param>
public sealed record CoverageCell(Severity Severity, bool CanOccur, int Whole, int Part, long Events, long Unmatched)
{
    public CellState State => Whole + Part > 0 ? CellState.Heard
        : Events > 0 ? CellState.Unheard
        : CanOccur ? CellState.Quiet : CellState.Impossible;
}

/// <param name="Cells">In the order of <see cref="CoverageMap.Severities"/>.</param>
public sealed record CoverageLine(CoverageRow Row, IReadOnlyList<CoverageCell> Cells);

/// <summary>Which events are heard: types by severities.</summary>
/// <param name="FurtherTypes">Types that came and are left out, so that the map stays a page: the rarest, after all of which some were
/// heard by nobody.</param>
public sealed record CoverageMap(string? GroupId, IReadOnlyList<CoverageLine> Lines, int FurtherTypes)
{
    public const int Days = 30;

    public static readonly IReadOnlyList<Severity> Severities =
        [Severity.Critical, Severity.High, Severity.Medium, Severity.Low, Severity.Informative, Severity.NotStated];

    /// <summary>Any event came at all.</summary>
    public bool HasEvents => Lines.Any(line => line.Cells.Any(cell => cell.Events > 0));

    /// <summary>Cells with events that nobody hears. A type's cell counts for all of its sub-types; where some of them are heard, each of
    /// the others counts.</summary>
    public int Unheard
    {
        get
        {
            var types = Lines.Where(line => line.Row.SubType is null)
                .SelectMany(line => line.Cells.Where(cell => cell.State == CellState.Unheard)
                    .Select(cell => (line.Row.Type, cell.Severity)))
                .ToHashSet();
            return types.Count + Lines.Where(line => line.Row.SubType is not null).Sum(line => line.Cells.Count(
                cell => cell.State == CellState.Unheard && !types.Contains((line.Row.Type, cell.Severity))));
        }
    }
}

/// <summary>A channel that hears events of an open cell.</summary>
/// <param name="IsBySource">A source of such events is bound to it, whatever its rules say.</param>
public sealed record CoveringChannel(ChannelKey Channel, string Name, bool IsWhole, bool IsBySource);

/// <summary>One cell in full.</summary>
/// <param name="Channels">Those that hear all first, at most <see cref="MostChannels"/>.</param>
/// <param name="MoreChannels">How many more there are.</param>
/// <param name="Newest">The newest events of it.</param>
public sealed record OpenCell(
    CoverageRow Row, CoverageCell Cell, IReadOnlyList<CoveringChannel> Channels, int MoreChannels, IReadOnlyList<EventRow> Newest)
{
    public const int MostChannels = 30;
    public const int MostEvents = 5;
}
