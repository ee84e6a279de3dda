package workbook.proof.recurring;

class Scheduler2ProofTest extends SchedulerProof {

  Scheduler2ProofTest() {
    super(new Share(2, 3));
  }
}
