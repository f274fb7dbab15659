namespace Notify.Admin.DeliveryPolicies;

/// <summary>Names the text resources of this feature.</summary>
public sealed class DeliveryPolicyText;
