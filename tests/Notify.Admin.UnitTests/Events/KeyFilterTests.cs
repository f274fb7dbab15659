using Notify.Admin.Events;

namespace Notify.Admin.UnitTests.Events;

public class KeyFilterTests
{
    [Fact]
    public void MayContain_WhatWasAdded_Always_AndOfOthersHardlyAny()
    {
        var filter = new KeyFilter();
        var random = new Random(7);
        var added = Enumerable.Range(0, 500_000).Select(_ => (ulong)random.NextInt64(1L << 48)).ToArray();
        Array.ForEach(added, filter.Add);

        added.ShouldAllBe(hash => filter.MayContain(hash));
        Enumerable.Range(0, 100_000).Count(_ => filter.MayContain((ulong)random.NextInt64(1L << 48))).ShouldBeLessThan(200);
    }

    [Fact]
    public void MayContain_OfAnEmptyFilter_IsNever() => new KeyFilter().MayContain(0).ShouldBeFalse();
}
