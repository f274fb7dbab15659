using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.JSInterop;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class PeriodFilterTests : ComponentTest
{
    private const string Boxes = "input[type=datetime-local]";

    [Fact]
    public void FromAStretch_ToFromAndTo_BeginsWithWhatTheStretchShows()
    {
        var list = Render<List>(parameters => parameters.Add(l => l.Given, new TimePeriod("24h")));
        list.FindAll(Boxes).ShouldBeEmpty();

        list.Act(() => list.Find("select"), e => e.Change("custom"));

        list.Find("select").GetAttribute("value").ShouldBe("custom");
        list.FindAll(Boxes).Select(box => box.GetAttribute("value")).ShouldBe(["2026-08-20T14:05", null]);
        list.Instance.Period.ShouldBe(new TimePeriod(null, Now.AddDays(-1), null));
    }

    [Fact]
    public void Boxes_StayWhileTheyAreEmptied_AndGoWhenTheFiltersAreCleared()
    {
        var list = Render<List>();
        list.Act(() => list.Find("select"), e => e.Change("custom"));
        list.Act(() => list.FindAll(Boxes)[1], e => e.Change("2026-08-20T09:30"));
        list.Instance.Period.To.ShouldBe(new DateTimeOffset(2026, 8, 20, 9, 30, 0, TimeSpan.Zero));

        list.Act(() => list.FindAll(Boxes)[1], e => e.Change(""));
        list.Instance.Period.IsAny.ShouldBeTrue();
        list.FindAll(Boxes).Count.ShouldBe(2);

        list.Act(() => list.FindAll(Boxes)[0], e => e.Change("2026-08-20T09:30"));
        list.Render(parameters => parameters.Add(l => l.Given, TimePeriod.Any));

        list.FindAll(Boxes).ShouldBeEmpty();
        list.Find("select").GetAttribute("value").ShouldBe("");
    }

    [Fact]
    public void AStretchFromElsewhere_TakesTheBoxesAway()
    {
        var list = Render<List>();
        list.Act(() => list.Find("select"), e => e.Change("custom"));

        list.Render(parameters => parameters.Add(l => l.Given, new TimePeriod("7d")));

        list.FindAll(Boxes).ShouldBeEmpty();
        list.Find("select").GetAttribute("value").ShouldBe("7d");
    }

    [Fact]
    public void ABrowserThatIsGone_IsNoError()
    {
        JSInterop.Setup<string?>("notify.timeZone").SetException(new JSDisconnectedException("gone"));

        Should.NotThrow(() => Render<List>()).Find("select").GetAttribute("value").ShouldBe("");
    }

    /// <summary>A page with the filter: its period is the one chosen, until another is given from outside.</summary>
    private sealed class List : ComponentBase
    {
        [Parameter]
        public TimePeriod Given { get; set; } = TimePeriod.Any;

        public TimePeriod Period { get; private set; } = TimePeriod.Any;

        protected override void OnParametersSet() => Period = Given;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<PeriodFilter>(0);
            builder.AddAttribute(1, nameof(PeriodFilter.Value), Period);
            builder.AddAttribute(2, nameof(PeriodFilter.ValueChanged),
                EventCallback.Factory.Create<TimePeriod>(this, period => Period = period));
            builder.CloseComponent();
        }
    }
}
