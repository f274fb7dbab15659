using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Maps a source's payloads again, batch after batch, for as long as the page is open.</summary>
public sealed partial class MapAgainPanel : IDisposable
{
    private const int MostReasons = 10;

    private readonly CancellationTokenSource _stop = new();
    private MapAgainRun? _run;

    [Inject]
    private MapAgainService Again { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SourceText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public SourceView Source { get; set; } = null!;

    /// <summary>How many there are now.</summary>
    [Parameter, EditorRequired]
    public int Unmapped { get; set; }

    public void Dispose() => _stop.Cancel();

    private async Task RunAsync()
    {
        if (_run is { IsOver: false })
        {
            return;
        }

        var run = _run = new MapAgainRun(Unmapped);
        try
        {
            while (!run.IsOver)
            {
                run.Add(await Again.MapNextAsync(Source.Id, run.All.Next ?? 0, Actor, _stop.Token) ?? MapAgainBatch.None,
                    still => still.Problems.Select(problem => MappingProblemText.Say(problem with { Index = null }, T)));
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone; what was mapped stays mapped.
        }
        catch
        {
            // It is over: it can be begun again, and goes on where this ended.
            _run = null;
            StateHasChanged();
            throw;
        }
    }

    private string Say(MapAgainBatch all)
    {
        List<string> parts = [all.Mapped == 1 ? T["Again.MappedOne"] : T["Again.Mapped", all.Mapped]];
        if (all.Mapped > 0)
        {
            parts.Add(all.Events == 1 ? T["Again.EventOne"] : T["Again.Events", all.Events]);
        }

        if (all.Duplicates > 0)
        {
            parts.Add(T["Outcome.Duplicates", all.Duplicates]);
        }

        return string.Join(T["List.Separator"], parts);
    }
}
